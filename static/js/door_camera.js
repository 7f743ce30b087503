/*
 * The camera at the door: what it reads is put into the field and sent as if it had been typed.
 * The browser's own reader where there is one; otherwise jsQR, which is loaded only then.
 */
"use strict";
(() => {
  const frame = document.querySelector("[data-door-camera]");
  const form = document.querySelector("[data-door-form]");
  if (!frame || !form || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return;
  const button = frame.querySelector("button"), video = frame.querySelector("video");
  const trouble = frame.querySelector("[data-door-trouble]");
  const field = form.querySelector("[name=code]");
  const ON = "door-camera", LAST = "door-camera-last", EVERY = 200, WIDTH = 640, SAME = 4000;
  let stream = null, timer = null;

  const ownReader = async () => {
    if (!("BarcodeDetector" in window)) return null;
    const formats = await BarcodeDetector.getSupportedFormats();
    if (!formats.includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async () => { const [found] = await detector.detect(video); return found && found.rawValue; };
  };

  const loadedReader = async () => {
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = frame.dataset.reader;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    return async () => {
      canvas.width = WIDTH;
      canvas.height = Math.round((WIDTH * video.videoHeight) / video.videoWidth);
      pen.drawImage(video, 0, 0, canvas.width, canvas.height);
      const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
      const found = window.jsQR(picture.data, picture.width, picture.height);
      return found && found.data;
    };
  };

  const stop = () => {
    clearTimeout(timer);
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    video.hidden = true;
    button.textContent = "Use the camera";
  };

  const watch = async (look) => {
    if (!stream) return;
    const code = video.videoWidth ? await look().catch(() => "") : "";
    if (code) {
      // one badge held before the camera is one scan, also on the page of its answer
      const last = JSON.parse(sessionStorage.getItem(LAST) || "{}"), start = code.slice(0, 8);
      sessionStorage.setItem(LAST, JSON.stringify({ start, at: Date.now() }));
      if (start !== last.start || Date.now() - last.at > SAME) {
        field.value = code;
        form.requestSubmit();
      }
    }
    timer = setTimeout(watch, EVERY, look);
  };

  const start = async () => {
    trouble.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      await video.play();
      video.hidden = false;
      button.textContent = "Stop the camera";
      watch((await ownReader()) || (await loadedReader()));
    } catch {
      stop();
      sessionStorage.removeItem(ON);
      trouble.hidden = false;
    }
  };

  frame.hidden = false;
  button.addEventListener("click", () => {
    if (stream) { sessionStorage.removeItem(ON); stop(); } else { sessionStorage.setItem(ON, "yes"); start(); }
  });
  // each answer is a page of its own: the camera goes on where it was
  if (sessionStorage.getItem(ON)) start();
})();
