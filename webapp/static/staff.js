// The progress of a run, told by the server as it goes on. Without this script the page loads itself anew.
const PAUSE_BETWEEN_WORDS_MS = 10000; // for screen readers: told twice a second, progress would drown everything else
const RELOAD_MS = 3000;

function follow(box) {
  const bar = box.querySelector("progress");
  const text = box.querySelector(".progress-text");
  const status = box.querySelector("[role=status]");
  const events = new EventSource(box.dataset.events);
  let spokenAt = Date.now();

  events.addEventListener("message", ({ data }) => {
    const progress = JSON.parse(data);
    text.textContent = progress.text;
    if (progress.files) {
      bar.max = progress.files;
      bar.value = progress.done;
    }
    if (Date.now() - spokenAt < PAUSE_BETWEEN_WORDS_MS) return;
    spokenAt = Date.now();
    status.textContent = progress.text;
  });
  events.addEventListener("over", () => {
    events.close();
    status.textContent = box.dataset.over;
    location.reload();
  });
  events.addEventListener("error", () => {
    // A stream that only ended is opened again by the browser. One that was refused is not: too many look on.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), RELOAD_MS);
  });
}

const progressBox = document.querySelector("[data-events]");
if (progressBox) follow(progressBox);
