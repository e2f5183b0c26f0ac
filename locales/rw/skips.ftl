# needs a native reader
# Impamvu nta butumwa bwoherezwa uyu munsi.

skip-hold = Konti yahagaritswe kugeza ku wa { $until }.
skip-promise-open = Hari isezerano ryo kwishyura ku wa { $on }.
skip-disputed = Amafaranga yose asigaye ariho ikibazo: { $disputed }.
skip-below-minimum = Ayarengeje igihe ni { $amount }, ari munsi ya { $minimum } akwiye kohererezwa ubutumwa.
skip-draft-waiting = Ubutumwa bwateguwe bwo ku rwego { $level } butegereje koherezwa cyangwa gushyirwa ku ruhande.
skip-nothing-net = Amafaranga atarahuzwa n'ay'inyandiko zigabanya inyemezabuguzi, { $unapplied }, yishyura ayarengeje igihe: banza uyahuze.
skip-nothing-open = Nta gisigaye kwishyurwa.
skip-not-yet = Intambwe ikurikira ni ku wa { $on }.
skip-ladder-done = Intambwe ya nyuma yarakozwe. Umuntu ni we ugena ibikurikira.
