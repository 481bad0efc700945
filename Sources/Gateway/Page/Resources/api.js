// The gateway's API. The token, where the gateway asks for one, lives as long as the tab.

const KEY = "dragoman.token";

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const token = {
  get value() { return sessionStorage.getItem(KEY) ?? ""; },
  set value(text) {
    if (text) sessionStorage.setItem(KEY, text);
    else sessionStorage.removeItem(KEY);
  },
};

const headers = () => (token.value ? { Authorization: `Bearer ${token.value}` } : {});

function message(status, text) {
  try {
    const { error } = JSON.parse(text);
    if (typeof error === "string") return error;
  } catch {
    // Not ours: a proxy's, say.
  }
  return `The gateway answered ${status}.`;
}

export async function get(path, patience = 20_000) {
  const response = await fetch(path, { headers: headers(), cache: "no-store", signal: AbortSignal.timeout(patience) });
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, message(response.status, text));
  return JSON.parse(text);
}

// Sends a file. `fetch` would not tell how far it is.
export function send(path, file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total); };
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(new Refused(request.status, message(request.status, request.responseText)));
    };
    request.onerror = () => reject(new Refused(0, "The connection to the gateway broke."));
    request.send(file);
  });
}
