// The page around the terminal: one line to the server, the window's size, the letters' size, pictures.
"use strict";

(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const find = (id) => document.getElementById(id);
  const place = find("terminal");
  // Letters first: in a Chinese font quotation marks are as wide as a character, and here they have half of it.
  const FONTS =
    'Menlo, "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Liberation Mono", "PingFang SC", "Microsoft YaHei", ' +
    '"Noto Sans Mono CJK SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei", monospace';
  const SMALLEST = 8;
  const LARGEST = 48;
  const GO_ON = new Set(["lost", "waiting"]);

  let language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  let socket = null;
  let key = sessionStorage.getItem("chengnuo-seat") || "";
  let tries = 0;
  let over = false;
  let standing = null;

  // Letters -------------------------------------------------------------------------------------------

  const kept = Number(localStorage.getItem("chengnuo-letters"));
  const terminal = new window.xterm.Terminal({
    allowProposedApi: true,
    cursorBlink: false,
    cursorInactiveStyle: "none",
    cursorStyle: "bar",
    fontFamily: FONTS,
    fontSize: kept >= SMALLEST && kept <= LARGEST ? kept : 18,
    logLevel: "off",
    scrollback: 0,
    theme: { background: "#10171d", foreground: "#e4e9ed" },
  });
  const fit = new window.xterm.FitAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(new window.xterm.CanvasAddon());
  terminal.loadAddon(new window.xterm.Unicode11Addon());
  terminal.unicode.activeVersion = "11";
  terminal.open(place);
  place.terminal = terminal;

  const suit = () => {
    const [columns, rows] = window.innerWidth < 700 ? [60, 20] : [80, 24];
    for (;;) {
      const found = fit.proposeDimensions();
      const size = terminal.options.fontSize;
      if (!found || (found.cols >= columns && found.rows >= rows) || size <= SMALLEST) break;
      terminal.options.fontSize = size - 1;
    }
  };
  const resize = (by) => {
    const size = Math.min(LARGEST, Math.max(SMALLEST, terminal.options.fontSize + by));
    terminal.options.fontSize = size;
    localStorage.setItem("chengnuo-letters", String(size));
    fit.fit();
    terminal.focus();
  };
  if (!kept) suit();
  fit.fit();
  find("smaller").addEventListener("click", () => resize(-2));
  find("larger").addEventListener("click", () => resize(2));

  const measure = () => {
    // A keyboard on the screen covers the lower part of the window without making it smaller.
    const seen = window.visualViewport;
    document.body.style.height = seen ? `${Math.floor(seen.height)}px` : "";
    fit.fit();
  };
  window.addEventListener("resize", measure);
  if (window.visualViewport) window.visualViewport.addEventListener("resize", measure);

  // Words ---------------------------------------------------------------------------------------------

  const speak = (to) => {
    language = to;
    document.documentElement.lang = to === "zh" ? "zh-CN" : "en";
    document.title = words[to].title;
    for (const each of document.querySelectorAll("[data-word]")) {
      each.textContent = words[to][each.dataset.word];
    }
    for (const each of document.querySelectorAll("[data-label]")) {
      each.setAttribute("aria-label", words[to][each.dataset.label]);
      each.title = words[to][each.dataset.label];
    }
    for (const each of document.querySelectorAll("[data-page]")) {
      each.href = each.dataset.page.replace("LANGUAGE", to);
    }
    if (standing) say(...standing);
  };
  const say = (what, number) => {
    standing = what ? [what, number] : null;
    find("said").hidden = !what;
    if (!what) return;
    document.body.dataset.said = what;
    find("said-title").textContent = words[language][`${what}.title`];
    find("said-text").textContent = words[language][`${what}.text`].replace("{number}", number);
    find("again").textContent = words[language].again;
    find("again").hidden = GO_ON.has(what);
    if (!GO_ON.has(what)) find("again").focus();
  };
  const hush = () => {
    delete document.body.dataset.said;
    say(null);
  };

  // The line ------------------------------------------------------------------------------------------

  const send = (...message) => {
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const end = (what) => {
    over = true;
    find("photo").hidden = true;
    find("letter").hidden = true;
    if (socket) socket.close();
    terminal.reset();
    say(what);
  };
  const takes = {
    seat: (given) => {
      key = given;
      sessionStorage.setItem("chengnuo-seat", key);
    },
    waiting: (number) => say("waiting", number),
    language: (to) => to !== language && speak(to),
    upload: (wanted) => {
      find("photo").hidden = !wanted;
      find("photo-said").textContent = "";
      measure();
    },
    letter: (ready) => {
      find("letter").hidden = !ready;
      find("letter-said").textContent = "";
      measure();
    },
    full: () => window.location.replace("full"),
    over: () => end("over"),
    fault: () => end("fault"),
    moved: () => end("moved"),
    stopping: () => end("stopping"),
  };
  const connect = () => {
    const address = new URL("ws", window.location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    address.search = "";
    socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => {
      terminal.reset();
      send("begin", { key, language, width: terminal.cols, height: terminal.rows });
    });
    socket.addEventListener("message", (event) => {
      if (typeof event.data === "string") {
        const [what, given] = JSON.parse(event.data);
        if (takes[what]) takes[what](given);
        return;
      }
      if (standing) hush();
      tries = 0;
      terminal.write(new Uint8Array(event.data));
      document.body.dataset.drawn = "";
    });
    socket.addEventListener("close", () => {
      if (over) return;
      tries += 1;
      // Whoever comes to this window later reads nothing behind the sheet.
      if (tries > 4) terminal.reset();
      say("lost");
      window.setTimeout(connect, Math.min(8, 2 ** (tries - 1)) * 1000);
    });
  };
  terminal.onData((data) => send("stdin", data));
  terminal.onResize(({ cols, rows }) => send("resize", { width: cols, height: rows }));
  find("again").addEventListener("click", () => window.location.reload());

  // Keys that stay the browser's: copy and paste, reload, another size, another tab.
  terminal.attachCustomKeyEventHandler((event) => {
    const mine = event.ctrlKey || event.metaKey;
    return !(mine && "vcrtw+-=0".includes(event.key.toLowerCase())) && event.key !== "F11";
  });

  // A finger that moves turns the pages, as a wheel does.
  let from = null;
  place.addEventListener("touchstart", (event) => (from = event.touches[0].clientY), { passive: true });
  place.addEventListener(
    "touchmove",
    (event) => {
      const step = place.clientHeight / terminal.rows;
      const at = event.touches[0];
      const box = place.getBoundingClientRect();
      const column = Math.floor(((at.clientX - box.left) / box.width) * terminal.cols) + 1;
      const row = Math.floor(((at.clientY - box.top) / box.height) * terminal.rows) + 1;
      while (from !== null && Math.abs(at.clientY - from) >= step) {
        const down = at.clientY < from;
        send("stdin", `\x1b[<${down ? 65 : 64};${column};${row}M`);
        from += down ? -step : step;
      }
    },
    { passive: true },
  );

  // The letter ----------------------------------------------------------------------------------------

  find("keep").addEventListener("click", async () => {
    try {
      const answer = await fetch("letter", { headers: { "X-Seat": key } });
      if (!answer.ok) throw new Error(answer.status);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = answer.headers.get("Content-Disposition").split('"')[1];
      link.click();
      URL.revokeObjectURL(link.href);
      find("letter-said").textContent = "";
    } catch {
      find("letter-said").textContent = words[language]["letter.failed"];
    }
    terminal.focus();
  });

  // Pictures ------------------------------------------------------------------------------------------

  find("picture").addEventListener("change", async () => {
    const [file] = find("picture").files;
    find("picture").value = "";
    if (!file) return;
    const tell = (what) => (find("photo-said").textContent = words[language][`photo.${what}`]);
    if (file.size > Number(find("picture").dataset.most)) {
      tell("large");
      return;
    }
    tell("sending");
    try {
      const answer = await fetch("photo", { method: "POST", headers: { "X-Seat": key }, body: file });
      tell(answer.ok ? "sent" : answer.status === 413 ? "large" : answer.status === 415 ? "kind" : "failed");
    } catch {
      tell("failed");
    }
    terminal.focus();
  });

  speak(language);
  connect();
  terminal.focus();
})();
