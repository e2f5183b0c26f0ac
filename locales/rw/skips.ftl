# needs a native reader
# Impamvu nta butumwa bwoherezwa uyu munsi.

skip-hold = Byahagaritswe kugeza ku wa { $until }.
skip-promise-open = Hari isezerano ryo kwishyura ku wa { $on }.
skip-disputed = Amafaranga yose asigaye ariho ikibazo: { $disputed }.
skip-below-minimum = Ayakererewe ni { $amount }, ari munsi ya { $minimum } akwiye kohererezwa ubutumwa.
skip-draft-waiting = Ubutumwa bwateguwe bwo ku rwego { $level } butegereje koherezwa cyangwa gushyirwa ku ruhande.
skip-nothing-net = Amafaranga atarakoreshwa n'ayo agomba gusubizwa, { $unapplied }, yishyura ayakererewe: banza uyakoreshe.
skip-nothing-open = Nta gisigaye kwishyurwa.
skip-not-yet = Intambwe ikurikira ni ku wa { $on }.
skip-ladder-done = Intambwe ya nyuma yarakozwe. Umuntu ni we ugena ibikurikira.
