-- How many of the dates on the way to its release an instance has been told of; from the beginning again once it is renewed.
ALTER TABLE kms_instance ADD COLUMN warnings_told integer NOT NULL DEFAULT 0;
