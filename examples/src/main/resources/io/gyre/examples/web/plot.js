// Draws what the program tells every second. All of it comes with each event, so a connection that is lost is made again and misses nothing.
"use strict";

const SECONDS = 120;
const WIDTH = 8;
const HEIGHT = 168;
const TOP = 24;
const SVG = "http://www.w3.org/2000/svg";

const state = document.getElementById("state");
const pause = document.getElementById("pause");
const lanes = document.getElementById("lanes");
const sections = new Map();
let told = [];
let isPaused = false;
let isOver = false;

const say = words => {
  if (state.textContent !== words) {
    state.textContent = words;
  }
};

const shape = (name, className, attributes) => {
  const element = document.createElementNS(SVG, name);
  element.setAttribute("class", className);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  return element;
};

const section = lane => {
  if (!sections.has(lane.secret)) {
    const made = document.getElementById("lane").content.cloneNode(true).firstElementChild;
    made.querySelector("h2").textContent = lane.secret;
    made.querySelector("label span").textContent = `A second of ${lane.secret}`;
    made.querySelector("input").addEventListener("input", () => draw(lane.secret));
    lanes.append(made);
    sections.set(lane.secret, made);
  }
  return sections.get(lane.secret);
};

// One mark a column: the newest second is the last column.
const column = (lane, index) => lane.seconds[index - SECONDS + lane.seconds.length];

const columns = lane => {
  const most = Math.max(1, ...lane.seconds.map(second => second.answered));
  const drawn = [];
  for (let index = 0; index < SECONDS; index++) {
    const second = column(lane, index);
    if (second === undefined) {
      continue;
    }
    const x = index * WIDTH;
    const height = second.answered === 0 ? 0 : Math.max(2, (second.answered / most) * (HEIGHT - TOP));
    drawn.push(shape("rect", second.credential % 2 === 1 ? "odd" : "even", {
      x: x + 1, y: HEIGHT - height, width: WIDTH - 1, height,
    }));
    if (second.rotations > 0) {
      drawn.push(shape("path", "rotation", { d: `M${x - 2} 2h12l-6 10z M${x + 3} 12h2v${HEIGHT - 12}h-2z` }));
    }
    if (second.reread > 0) {
      drawn.push(shape("path", "reread", { d: `M${x + 4} 12l5 6l-5 6l-5-6z` }));
    }
    if (second.failed > 0) {
      drawn.push(shape("rect", "failed", { x: x - 1, y: HEIGHT - 14, width: WIDTH + 3, height: 12 }));
    }
  }
  return drawn;
};

const sentence = (lane, index) => {
  const second = column(lane, index);
  const ago = SECONDS - index;
  const when = ago === 1 ? "The latest second" : `${ago} seconds ago`;
  if (second === undefined) {
    return `${when}: before the program began.`;
  }
  const parts = [`${second.answered} ${lane.uses}`];
  parts.push(second.failed === 0 ? "none failed" : `${second.failed} failed`);
  if (second.reread > 0) {
    parts.push(`${second.reread} were refused first and let in after the secret was read anew`);
  }
  if (second.credential > 0) {
    parts.push(`number ${second.credential} of the ${lane.credentials}`);
  }
  if (second.rotations > 0) {
    parts.push("a rotation began");
  }
  return `${when}: ${parts.join(", ")}.`;
};

const draw = secret => {
  const lane = told.find(each => each.secret === secret);
  const part = section(lane);
  const set = (name, text) => {
    const element = part.querySelector(`[data-of="${name}"]`);
    if (element.textContent !== String(text)) {
      element.textContent = text;
    }
  };
  set("uses", `${lane.uses} a second`);
  set("rate", lane.seconds.at(-1)?.answered ?? 0);
  set("failed", lane.failed);
  set("rotations", lane.rotations);
  set("credentials", `${lane.credentials} used`);
  set("used", lane.used);
  set("reread", lane.reread === 0 ? "0" : `${lane.reread}, ${lane.longestGapMillis} ms at most`);
  set("latest", lane.latest);
  const slider = part.querySelector("input");
  const index = Number(slider.value);
  part.querySelector("svg").replaceChildren(
    ...columns(lane),
    shape("rect", "cursor", { x: index * WIDTH, y: 0, width: WIDTH, height: HEIGHT }),
  );
  const words = sentence(lane, index);
  slider.setAttribute("aria-valuetext", words);
  part.querySelector("output").textContent = words;
  const failure = part.querySelector(".first-failure");
  failure.hidden = lane.firstFailure === null;
  failure.textContent = lane.firstFailure === null ? "" : `The first failure: ${lane.firstFailure}`;
};

const hear = data => {
  if (isPaused) {
    return;
  }
  told = JSON.parse(data);
  told.forEach(lane => draw(lane.secret));
};

const source = new EventSource("/events");
source.addEventListener("plot", event => {
  hear(event.data);
  say(isPaused ? "Paused: the program goes on." : "Live, drawn anew every second.");
});
source.addEventListener("over", event => {
  source.close();
  isOver = true;
  hear(event.data);
  say("The program has ended.");
  pause.disabled = true;
});
source.addEventListener("error", () => {
  if (!isOver) {
    say("The program does not answer. It is tried again; if it has ended, its terminal shows the summary.");
  }
});

pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.setAttribute("aria-pressed", String(isPaused));
  say(isPaused ? "Paused: the program goes on." : "Live again with the next second.");
});
addEventListener("pagehide", () => source.close());
