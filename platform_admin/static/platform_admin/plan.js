// Keeps the matrix of a plan and its JSON in step while they are edited. Without it both still count: see the form.
"use strict";

(() => {
  const areas = { feature: "permissions", quota: "limits", unlimited: "limits" };
  const area = (name) => document.querySelector(`textarea[name="${name}"]`);
  const field = (kind, key) => document.querySelector(`input[name="${kind}_${CSS.escape(key)}"]`);
  const keys = (kind) =>
    [...document.querySelectorAll(`#plan-matrix input[name^="${kind}_"]`)].map((one) => one.name.slice(kind.length + 1));

  const read = (name) => {
    try {
      const terms = JSON.parse(area(name).value || "{}");
      return terms && typeof terms === "object" && !Array.isArray(terms) ? terms : null;
    } catch {
      return null; // half written; the server says what is wrong with it
    }
  };

  const write = (name, change) => {
    const terms = read(name);
    if (terms === null) return;
    change(terms);
    area(name).value = JSON.stringify(terms, null, 2);
  };

  const unlimited = (limit) => limit === undefined || limit === null || limit === -1;

  const drawFeatures = () => {
    const terms = read("permissions");
    if (terms !== null) for (const key of keys("feature")) field("feature", key).checked = terms[key] === true;
  };

  const drawQuotas = () => {
    const terms = read("limits");
    if (terms === null) return;
    for (const key of keys("quota")) {
      field("unlimited", key).checked = unlimited(terms[key]);
      field("quota", key).value = unlimited(terms[key]) ? "" : terms[key];
    }
  };

  const matrixChanged = (event) => {
    const found = /^(feature|quota|unlimited)_(.+)$/.exec(event.target.name);
    if (!found) return;
    const [, kind, key] = found;
    write(areas[kind], (terms) => {
      if (kind === "feature") {
        terms[key] = event.target.checked;
        return;
      }
      const number = field("quota", key);
      if (kind === "quota") field("unlimited", key).checked = false;
      else if (event.target.checked) number.value = "";
      if (field("unlimited", key).checked) terms[key] = null;
      else if (number.value !== "") terms[key] = Number(number.value);
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (!area("permissions") || !area("limits")) return;
    document.getElementById("plan-matrix").addEventListener("input", matrixChanged);
    area("permissions").addEventListener("input", drawFeatures);
    area("limits").addEventListener("input", drawQuotas);
  });
})();
