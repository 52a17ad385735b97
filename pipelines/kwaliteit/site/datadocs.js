// Een uitslag: alles tonen, of alleen wat niet goed is.
document.getElementById("alleen-fout")?.addEventListener("change", (keuze) => {
  for (const teken of document.querySelectorAll(".goed")) teken.closest("tr").hidden = keuze.target.checked;
});
