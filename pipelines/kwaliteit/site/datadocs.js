// De twee knoppen van een uitslag: alles tonen, of alleen wat niet goed is.
function toon(alleenFout) {
  for (const teken of document.querySelectorAll(".fa-check-circle")) {
    const rij = teken.closest("tr"), deel = teken.closest(".ge-section");
    const heleDeelGoed = deel && !deel.querySelector(".fa-times");
    (heleDeelGoed && deel.id !== "section-1" ? deel : rij).classList.toggle("verborgen", alleenFout);
  }
  for (const link of document.querySelectorAll("#navigation a")) {
    const deel = document.querySelector(link.getAttribute("href"));
    link.classList.toggle("verborgen", Boolean(deel && deel.classList.contains("verborgen")));
  }
}
const showAllValidations = () => toon(false);
const hideSucceededValidations = () => toon(true);
document.addEventListener("click", (klik) => {
  const knop = klik.target.closest('[data-toggle="collapse"]');
  if (!knop) return;
  klik.preventDefault();
  document.querySelector(knop.dataset.target || knop.getAttribute("href")).classList.toggle("open");
});
