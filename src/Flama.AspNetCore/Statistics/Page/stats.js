// Asks for the figures every few seconds and draws them as tables. Everything is text: nothing of an answer becomes markup.
const interval = 5000;
const state = document.getElementById("state");
const models = document.getElementById("models");
const form = document.getElementById("key");
const secret = document.getElementById("secret");
let key = "";

const make = (name, text, attributes = {}) => {
  const element = document.createElement(name);
  if (text !== undefined) {
    element.textContent = text;
  }
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  return element;
};
const whole = value => value.toLocaleString("en");
const number = value => value === null || value === undefined ? "–" : value.toLocaleString("en", { maximumSignificantDigits: 4 });
const percent = value => value.toLocaleString("en", { style: "percent", maximumFractionDigits: 2 });

const table = (caption, heads, rows) => {
  const scroll = make("div", undefined, { class: "scroll", role: "region", tabindex: "0", "aria-label": caption });
  const element = make("table");
  element.append(make("caption", caption));
  const head = make("tr");
  head.append(...heads.map(text => make("th", text, { scope: "col" })));
  const top = make("thead");
  top.append(head);
  const body = make("tbody");
  for (const [first, ...cells] of rows) {
    const row = make("tr");
    row.append(make("th", first, { scope: "row" }), ...cells.map(cell => {
      if (typeof cell === "string") {
        return make("td", cell);
      }
      const share = make("td", undefined, { class: "share" });
      const bar = make("span", undefined, { class: "bar", "aria-hidden": "true" });
      bar.style.width = `${Math.round(cell.share * 55)}%`;
      share.append(bar, ` ${percent(cell.share)}`);
      return share;
    }));
    body.append(row);
  }
  element.append(top, body);
  scroll.append(element);
  return scroll;
};

const drawVersion = (model, version, index) => {
  const name = `${model.name}, version ${version.version}`;
  const parts = [make("h3", `Version ${version.version}${index === 0 ? "" : " (before)"}`)];
  const rows = version.methods.map(method => [
    method.name, whole(method.requests), whole(method.errors), percent(method.error_rate), whole(method.rows),
    number(method.latency_ms.p50), number(method.latency_ms.p95), number(method.latency_ms.p99),
    number(method.mean_ms.read), number(method.mean_ms.predict), number(method.mean_ms.write),
  ]);
  parts.push(table(
    `Requests of ${name}; times in milliseconds`,
    ["Method", "Requests", "Errors", "Error rate", "Rows", "p50", "p95", "p99", "Read", "Predict", "Write"], rows));
  const cached = version.methods.filter(method => method.cached);
  if (cached.length > 0) {
    parts.push(table(
      `Of these from the cache, of ${name}; times in milliseconds`, ["Method", "Requests", "Share", "Rows", "p50", "p95", "p99"],
      cached.map(({ name: method, requests, cached: kept }) => [
        method, whole(kept.requests), { share: kept.requests / requests }, whole(kept.rows), number(kept.latency_ms.p50), number(kept.latency_ms.p95), number(kept.latency_ms.p99),
      ])));
  }
  for (const method of version.methods) {
    const classes = Object.entries(method.classes ?? {});
    const all = classes.reduce((sum, [, count]) => sum + count, 0);
    if (all > 0) {
      parts.push(table(`Classes of ${method.name} of ${name}`, ["Class", "Rows", "Share"], classes.map(([label, count]) => [label, whole(count), { share: count / all }])));
    }
    const numbers = Object.entries(method.numbers ?? {});
    if (numbers.length > 0) {
      parts.push(table(`Answers of ${method.name} of ${name}, about`, ["Quantile", "Answer"], numbers.map(([quantile, value]) => [quantile, number(value)])));
    }
  }
  const errors = Object.entries(version.errors_by_code);
  if (errors.length > 0) {
    parts.push(table(`Errors of ${name}`, ["Code", "Requests"], errors.map(([code, count]) => [code, whole(count)])));
  }
  return parts;
};

const draw = figures => {
  const focused = models.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  const sections = figures.models.map(model => {
    const section = make("section");
    section.append(make("h2", model.name));
    if (model.versions.length === 0) {
      section.append(make("p", "Not asked yet."));
    }
    section.append(...model.versions.flatMap((version, index) => drawVersion(model, version, index)));
    return section;
  });
  models.replaceChildren(...sections);
  if (focused) {
    [...models.querySelectorAll("[tabindex]")].find(element => element.getAttribute("aria-label") === focused)?.focus({ preventScroll: true });
  }
};

const show = (text, failed) => {
  state.classList.toggle("failed", failed);
  if (state.textContent !== text) {
    state.textContent = text;
  }
};

const load = async () => {
  try {
    const headers = { Accept: "application/json" };
    if (key) {
      headers["X-API-Key"] = key;
    }
    const answer = await fetch(location.pathname, { headers, cache: "no-store" });
    form.hidden = answer.status !== 401 && answer.status !== 403;
    if (!answer.ok) {
      show(form.hidden ? `The server answered ${answer.status}.` : "The figures need a key.", true);
      return;
    }
    const figures = await answer.json();
    draw(figures);
    show(`Since ${new Date(figures.started).toLocaleString("en")}.`, false);
  } catch {
    show("The server does not answer.", true);
  }
};

document.getElementById("refresh").addEventListener("click", load);
form.addEventListener("submit", event => {
  event.preventDefault();
  key = secret.value.trim();
  load();
});
setInterval(() => {
  if (!document.hidden) {
    load();
  }
}, interval);
load();
