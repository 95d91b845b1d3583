-- For how many rotations failed within a day, whatever number of others there are.
CREATE INDEX rotation_failed ON rotation (ended_at) WHERE state = 'Failed';
