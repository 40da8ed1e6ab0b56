// Starts Swagger UI: no badge from the validator on the internet, and the form for trying a request open at once.
const page = document.getElementById("swagger-ui");
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
follow();
dark.addEventListener("change", follow);

// What Swagger UI leaves without a name or in the wrong role, for readers of screens and for keyboards.
const label = (selector, name) => {
  for (const element of page.querySelectorAll(selector)) {
    const text = typeof name === "string" ? name : name(element);
    if (!element.hasAttribute("aria-label") && text) {
      element.setAttribute("aria-label", text);
    }
  }
};
const mend = () => {
  // A link within a button cannot be told from it; the button opens the same.
  for (const link of page.querySelectorAll(".opblock-summary-control a[href]")) {
    link.removeAttribute("href");
  }
  for (const heading of page.querySelectorAll("h3.opblock-tag:not([role]), .opblock :is(h4, h5):not([role]), .models h4:not([role])")) {
    heading.setAttribute("role", "heading");
    heading.setAttribute("aria-level", heading.closest(".models") ? 2 : Number(heading.tagName[1]) - 1);
  }
  for (const [selector, name] of [[".information-container", "About this API"], [".scheme-container", "Server"]]) {
    page.querySelector(selector)?.setAttribute("role", "region");
    label(selector, name);
  }
  for (const dialog of page.querySelectorAll(".dialog-ux .modal-ux")) {
    dialog.setAttribute("role", "dialog");
    dialog.setAttribute("aria-modal", "true");
    for (const heading of dialog.querySelectorAll("h3, h4, h5, h6")) {
      heading.setAttribute("role", "heading");
      heading.setAttribute("aria-level", { H3: 2, H4: 3 }[heading.tagName] ?? 4);
    }
    // What is heard begins with what is seen.
    for (const button of dialog.querySelectorAll("button[aria-label]")) {
      const seen = button.textContent.trim();
      if (seen && !button.getAttribute("aria-label").startsWith(seen)) {
        button.setAttribute("aria-label", `${seen}: ${button.getAttribute("aria-label").toLowerCase()}`);
      }
    }
  }
  label(".dialog-ux .modal-ux", "Available authorizations");
  label(".dialog-ux .close-modal", "Close");
  label("table[role=region]", element => element.matches(".live-responses-table") ? "Answer" : "Responses of " + (element.closest(".opblock")?.querySelector("[data-path]")?.dataset.path ?? "the operation"));
  label("textarea.body-param__text", "Request body");
  label(".content-type-wrapper select, .body-param-content-type select", "Media type of the request body");
  label(".responses-wrapper select.content-type, .response-controls select", "Media type of the answer");
  label(".servers select", "Server");
  label(".examples-select select", "Example");
  label(".parameters select, .parameters input", element => element.closest("tr")?.dataset.paramName ?? "Parameter");
  for (const code of page.querySelectorAll("pre, .highlight-code > *")) {
    if (code.scrollWidth > code.clientWidth || code.scrollHeight > code.clientHeight || code.matches(".highlight-code pre")) {
      code.tabIndex = 0;
    }
  }
};
new MutationObserver(mend).observe(page, { childList: true, subtree: true });

SwaggerUIBundle({
  url: page.dataset.schema,
  domNode: page,
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
});
