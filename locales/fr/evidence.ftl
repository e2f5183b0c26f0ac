# needs a native reader
# Pourquoi un paiement est proposé pour une facture, ou pourquoi non.

evidence-refers-to = Le texte cite { $number }.
evidence-refers-weakly-to = Le texte semble citer { $number } : seulement la fin, ou avec des lettres qui ressemblent à des chiffres.
evidence-not-open = Le texte cite { $number }, qui n'est plus ouvert.
evidence-payer-known = Le payeur est connu par son compte, son téléphone ou son NIF (TIN).
evidence-payer-by-name = Le texte contient le nom du client : « { $words } ».
evidence-payer-learned = Une personne a dit que les paiements de « { $words } » sont de ce client.
evidence-other-payer = Le texte cite { $number }, qui appartient à un autre client que le payeur.
evidence-mixed-customers = Les factures citées appartiennent à { $count } clients.
evidence-exact-amount = Le montant, { $amount }, est exactement le solde ouvert.
evidence-with-discount = Le montant le solde avec l'escompte pour paiement anticipé, { $discount }.
evidence-same-amount = { $count } postes ouverts ont exactement ce montant.
evidence-only-combination =
    Une seule combinaison des postes ouverts du client donne ce montant : { $count ->
        [one] { $count } poste.
       *[other] { $count } postes.
    }
evidence-several-combinations =
    { $count ->
        [100] 100 combinaisons ou plus de postes ouverts donnent ce montant.
       *[other] { $count } combinaisons de postes ouverts donnent ce montant.
    }
evidence-not-counted = Le client a { $count } postes ouverts, trop pour essayer chaque combinaison.
evidence-overpaid = Le paiement dépasse de { $rest } le solde ouvert ; ce reste n'est pas imputé.
evidence-short-by = Il manque { $missing } au paiement.
evidence-within-tolerance = Ce qui manque, { $missing }, est dans la tolérance.
evidence-oldest-first = Les paiements de ce client règlent d'abord les postes les plus anciens, comme convenu.
evidence-nothing-open = Le client n'a aucun poste ouvert.
evidence-no-evidence = Ni un numéro, ni le payeur, ni le montant ne disent à quoi sert ce paiement.
