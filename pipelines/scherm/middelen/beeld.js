// A piece of page made on the server: hover and focus texts, choosing a shape, and the drawing as PNG. Nothing is fetched.
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  // the page of Streamlit calls itself English
  document.documentElement.lang = "nl";
  const plek = parentElement.querySelector(".ggz-plek");
  if (plek.dataset.inhoud !== data.html) {
    plek.innerHTML = data.html;
    plek.dataset.inhoud = data.html;
    // the newest months of a calendar are those that matter: on a phone the rest is to the left
    for (const tabel of plek.querySelectorAll(".kalender")) tabel.parentElement.scrollLeft = tabel.scrollWidth;
    // what was just opened gets the focus, where the eye is
    const geopend = plek.querySelector("[data-focus]");
    if (geopend) { geopend.focus(); geopend.scrollIntoView({ block: "start" }); }
  }
  let wolk = document.getElementById("ggz-wolk");
  if (!wolk) {
    wolk = document.createElement("div");
    wolk.id = "ggz-wolk";
    wolk.setAttribute("role", "status");
    document.body.appendChild(wolk);
  }
  const toon = (doel, x, y) => {
    wolk.textContent = doel.getAttribute("data-tip");
    wolk.style.display = "block";
    const b = wolk.offsetWidth, h = wolk.offsetHeight;
    wolk.style.left = Math.max(4, Math.min(x + 14, window.innerWidth - b - 8)) + "px";
    wolk.style.top = Math.max(4, y + 16 + h > window.innerHeight ? y - h - 10 : y + 16) + "px";
  };
  const weg = () => { wolk.style.display = "none"; };
  const raak = (e) => e.target.closest && e.target.closest("[data-tip]");
  const kies = (e) => {
    const doel = e.target.closest && e.target.closest("[data-kies]");
    if (doel) { weg(); setTriggerValue("gekozen", doel.getAttribute("data-kies")); }
  };
  plek.onmousemove = (e) => { const d = raak(e); d ? toon(d, e.clientX, e.clientY) : weg(); };
  plek.onmouseleave = weg;
  plek.onfocusin = (e) => { const d = raak(e); if (d) { const r = d.getBoundingClientRect(); toon(d, r.left + r.width / 2, r.top + r.height / 2); } };
  plek.onfocusout = weg;
  plek.onkeydown = (e) => {
    if (e.key === "Escape") weg();
    if ((e.key === "Enter" || e.key === " ") && e.target.closest("[data-kies]")) { e.preventDefault(); kies(e); }
  };
  plek.onclick = (e) => {
    const knop = e.target.closest("[data-png]");
    knop ? png(plek, knop) : kies(e);
  };
  return weg;
}

function png(plek, knop) {
  const beeld = [...plek.querySelectorAll("svg[role]")].find((s) => s.getClientRects().length);
  if (!beeld) return;
  const [b, h] = beeld.getAttribute("viewBox").split(" ").slice(2).map(Number);
  const schaal = 2, rand = 16, kop = 40;
  const regels = knop.dataset.bron.split("\n");
  const doek = document.createElement("canvas");
  const breed = Math.max(b, 480) + 2 * rand;
  doek.width = breed * schaal;
  doek.height = (h + kop + regels.length * 16 + 2 * rand) * schaal;
  const c = doek.getContext("2d");
  c.scale(schaal, schaal);
  c.fillStyle = "#fff";
  c.fillRect(0, 0, doek.width, doek.height);
  const foto = new Image();
  foto.onload = () => {
    c.drawImage(foto, rand, kop + rand / 2, b, h);
    c.fillStyle = "#1b2a38";
    c.font = "600 17px 'Source Sans', Arial, sans-serif";
    c.fillText(knop.dataset.titel, rand, rand + 14, breed - 2 * rand);
    c.font = "12px 'Source Sans', Arial, sans-serif";
    c.fillStyle = "#55636f";
    regels.forEach((r, i) => c.fillText(r, rand, kop + h + rand + 8 + i * 16, breed - 2 * rand));
    const a = document.createElement("a");
    a.download = knop.dataset.png;
    a.href = doek.toDataURL("image/png");
    a.click();
  };
  foto.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(beeld));
}
