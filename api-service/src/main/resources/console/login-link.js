// A login link's token stands behind the #, which browsers send to nobody. It is moved into the form, and out of the address,
// where a glance or the history would find it. A person sends the form.
"use strict";
const token = location.hash.slice(1);
const field = document.getElementById("code");
if (token !== "" && field !== null) {
  history.replaceState(null, "", location.pathname + location.search);
  field.value = token;
  document.getElementById("use-code").focus();
}
