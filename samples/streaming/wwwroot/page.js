"use strict";

const status = document.getElementById("status");
const chart = document.getElementById("chart");
const socket = new WebSocket(new URL("churn/stream/", location.href.replace(/^http/, "ws")));
let asked = [];
let answered = 0;
let leaving = 0;

// Customers who differ in nothing but their age.
function customer(age) {
  return [0, 0, "", 650, "Germany", "Female", age, 3, 120000, 2, 1, 0, 60000];
}

function draw(position, count, leaves) {
  const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const width = 600 / count;
  const height = leaves ? 190 : 40;
  bar.setAttribute("x", String(position * width));
  bar.setAttribute("y", String(200 - height));
  bar.setAttribute("width", String(width * 0.8));
  bar.setAttribute("height", String(height));
  bar.setAttribute("class", leaves ? "leaves" : "stays");
  chart.append(bar);
}

socket.addEventListener("open", () => { status.textContent = "Connected."; });
socket.addEventListener("close", () => { status.textContent = "The connection has ended."; });

// Answers come in the order of the rows; a row that is wrong has a status.
socket.addEventListener("message", event => {
  const answer = JSON.parse(event.data);
  if (answer.status) {
    status.textContent = answer.detail;
    return;
  }

  const leaves = answer.output[0] === 1;
  leaving += leaves ? 1 : 0;
  draw(answered, asked.length, leaves);
  answered += 1;
  status.textContent = `${answered} of ${asked.length} answered, ${leaving} leave.`;
});

document.getElementById("controls").addEventListener("submit", event => {
  event.preventDefault();
  const count = Number(document.getElementById("count").value);
  asked = Array.from({ length: count }, (_, i) => 18 + (62 * i) / Math.max(1, count - 1));
  answered = 0;
  leaving = 0;
  chart.replaceChildren();
  for (const age of asked) {
    socket.send(JSON.stringify([customer(age)]));
  }
});
