# needs a native reader
# Pourquoi rien n'est envoyé aujourd'hui.

skip-hold = Suspendu jusqu'au { $until }.
skip-promise-open = Le paiement est promis pour le { $on }.
skip-disputed = Tout ce qui est ouvert est en litige : { $disputed }.
skip-below-minimum = { $amount } est en retard, moins que le minimum de { $minimum } qui justifie un message.
skip-draft-waiting = Un brouillon de niveau { $level } attend d'être envoyé ou écarté.
skip-nothing-net = Des sommes non imputées et des avoirs de { $unapplied } couvrent le retard : imputez-les d'abord.
skip-nothing-open = Rien n'est ouvert.
skip-not-yet = La prochaine étape est prévue le { $on }.
skip-ladder-done = La dernière étape est faite. Une personne décide de la suite.
