# needs a native reader
# Lists, search and charts.

# The frame of the pages and what the script says.
page-places = Menu principal
script-lost = La connexion a été perdue. Ce que vous avez saisi est encore là, et réessayer est sans risque.
script-retry = Réessayer
script-close = Fermer
script-leave = Ce que vous avez saisi n'est pas encore enregistré. Le quitter ?
script-restored = Votre texte non envoyé est de retour.
script-discard = L'effacer
script-keys = Touches de cette page
script-walk = ligne suivante et précédente
script-choose = choisir la ligne

# Charts.
chart-nothing = Rien à dessiner pour le moment.
chart-trend = De { $from } ({ $first }) à { $to } ({ $last }) ; au plus bas { $low }, au plus haut { $high }.
chart-period = Période
chart-low = Bas
chart-likely = Probable
chart-high = Haut

# Search.
search-what = Que cherchez-vous ?
do-search = Rechercher
search-how = Chacun de ces éléments suffit, écrit comme vous voulez : un nom ou une partie, le code d'un client, un numéro de téléphone ou ses quatre derniers chiffres, un NIF (TIN), une adresse e-mail, le numéro d'une facture ou d'un encaissement, un montant exact.
search-nothing = Rien n'a été trouvé pour « { $text } ».
search-more = D'autres correspondent aussi. Précisez pour les voir.
search-facts = Détails
search-found-by = Trouvé par
search-tin = NIF { $tin }
search-open = { $amount } ouverts
search-customers = Clients
search-invoices = Factures et notes de crédit
search-receipts = Encaissements
found-nearly = { $what }, écrit presque ainsi
found-by-code = code
found-by-number = numéro
found-by-reference = référence
found-by-tin = NIF (TIN)
found-by-payment-code = code de paiement
found-by-phone = téléphone
found-by-email = e-mail
found-by-name = nom
found-by-person = une personne sur place
found-by-payer = payeur
found-by-open-amount = montant ouvert
found-by-amount = montant

# Lists.
list-all = tous
list-clear = Effacer le filtre
list-customer-code = Code du client
list-from = Du
list-until = Au
list-first-page = Première page
list-next-page = Page suivante
list-previous-page = Page précédente
list-walked-to = Recherché jusqu'au { $day } pour l'instant. La page suivante remonte plus loin.
field-state = état
field-as-of = jour
field-known-at = connu au
field-by = une ligne par
field-page = page
done-by = { $user }, { $at }
word-yes = oui

# Invoices. States agree with the invoice.
page-invoices = Factures
invoices-none = Aucune facture n'est encore comptabilisée. Importez les vôtres depuis un fichier.
invoices-none-fit = Aucune facture ne correspond à tout cela.
invoice-state-open = ouverte
invoice-state-overdue = en retard
invoice-state-settled = soldée
invoice-state-disputed = en litige
invoice-state-awaited = attestation attendue
invoice-issued-on = Émise le
invoice-posted-on = Comptabilisée le
invoice-lines = Lignes
line-what = Désignation
line-quantity = Quantité
line-price = Prix unitaire
line-tax-class = Classe de taxe
invoice-net = Hors taxe
line-tax = Taxe
invoice-instalments = Tranches
invoice-instalment = tranche { $number }
do-new-invoice = Nouvelle facture
invoice-new-what = Écrivez les lignes, calculez la facture, puis comptabilisez-la. Un code, un nom, un NIF ou un téléphone désigne le client ; sans échéance, ses conditions comptent.
prices = Prix
prices-net = hors taxe
prices-gross = taxe comprise
line-unit = Unité
line-discount = Remise
do-work-out = Calculer
do-post-invoice = Comptabiliser la facture
do-more-lines = Plus de lignes
done-invoice-posted = La facture est comptabilisée.
done-invoice-posted-twin = La facture est comptabilisée. Une autre du même client, aux mêmes dates et du même total dit la même chose : vérifiez qu'elle n'est pas facturée deux fois.
invoice-instalment-head = Tranche
invoice-moved = Ce qui l'a modifiée
invoice-not-moved = Rien n'a encore été payé ni crédité.
invoice-facts = À son sujet
invoice-terms = Conditions
invoice-early = Paiement anticipé
invoice-early-offer = jusqu'au { $day } : { $amount } suffisent, soit { $discount } de moins
do-print = Imprimer
do-print-statement = Relevé de compte
page-billing = À facturer
billing-what = Ce que les contrats facturent jusqu'à aujourd'hui, et ce que doivent en plus ceux qui paient tard. Rien n'est comptabilisé avant votre accord.
billing-due = Contrats à facturer
billing-nothing-due = Rien n'est à facturer aujourd'hui.
billing-parked = { $count ->
    [one] Une facture attend : son client en recevrait aujourd'hui plus que la société n'en laisse faire à un traitement. Regardez-la, puis facturez.
   *[other] { $count } factures attendent : leurs clients en recevraient aujourd'hui plus que la société n'en laisse faire à un traitement. Regardez-les, puis facturez.
}
billing-is-parked = attend votre décision
billing-period = Période
billing-difference = Par rapport à la période précédente
billing-more = et { $count } de plus
billing-late = Frais et intérêts de retard
billing-nothing-late = Rien à facturer. Ce qui est facturé se décide dans les réglages : intérêts de retard, frais de retard, jours de grâce.
billing-days = Jours
billing-interest = Intérêts
billing-fee = Frais
billing-contracts = Contrats
billing-no-contracts = Il n'y en a pas encore. « ideni contract add » en écrit un.
billing-lasts = Court depuis
billing-billed-to = Facturé jusqu'au
do-bill-contracts = { $count ->
    [one] Comptabiliser une facture
   *[other] Comptabiliser { $count } factures
}
do-bill-parked = Comptabiliser aussi celles qui attendent
do-raise-late-charges = Facturer les retards de { $count } factures
done-contracts-billed = Ce qui était à facturer l'est.
done-late-charges-raised = Les frais de retard sont facturés.
word-contract = Contrat
contract-line = { $what }, du { $from } au { $until }
late-interest-line = Intérêts sur { $invoice } : { $days } jours à { $rate } % par an
late-fee-line = Frais de retard sur { $invoice }
invoice-certificates = Retenues à la source
certificate-say = Dire ce qu'elle est devenue
certificate-said = Numéro du papier, période de la déclaration, ou raison
certificate-what = Ce que le client a retenu n'est pas en retard ; son attestation est attendue. Sans montant, c'est ce que ce genre de retenue prend sur la facture.
certificate-kind = Ce qui a été retenu
certificate-awaited = attestation attendue
certificate-on-file = reçue
certificate-claimed = imputée
certificate-refused = refusée
certificate-settled = payé autrement
do-certificate-await = Attendre une attestation
do-certificate-file = Elle est là
do-certificate-claim = Imputée dans une déclaration
do-certificate-refuse = Il n'y en a pas
done-certificate-saved = L'attestation est notée.
word-awaited = attestation attendue
title-certificates = Attestations de retenue
invoice-bill-to = Facturée à
invoice-beneficiary = Bénéficiaire
invoice-credits = Crédite la facture
invoice-opening = Fait partie de la reprise
invoice-credit-notes = Notes de crédit
invoice-notices = Rappels
seen-as-of = Au { $day }.
seen-as-known = Au { $day }, tel que connu le { $at }.
seen-not-yet = Elle n'existait pas encore.
seen-now = Dans l'état actuel

# The ledger.
ledger-title = Écritures
ledger-what = Ce qui a été comptabilisé à son sujet, au débit et au crédit.
ledger-account = Compte
ledger-cause = Motif
ledger-debit = Débit
ledger-credit = Crédit
cause-invoice = facture
cause-credit-note = note de crédit
cause-receipt = encaissement
cause-identification = payeur identifié
cause-settlement = règlement
cause-opening = reprise
cause-refund = remboursement

# Receipts. States agree with the receipt, the money received.
page-receipts = Encaissements
receipts-none = Aucun argent n'est encore arrivé. Importez un relevé de votre banque ou de votre portefeuille mobile.
receipts-none-fit = Aucun encaissement ne correspond à tout cela.
receipt-unnamed = sans référence
receipt-state-unidentified = payeur inconnu
receipt-state-unapplied = en compte
receipt-state-applied = imputé
receipt-state-refunded = remboursé
receipt-from = De
receipt-left = Reste à imputer
receipt-became = Ce qu'il est devenu
receipt-untouched = Rien n'en a encore été fait.
receipt-identified = Payeur connu
receipt-line = Ligne de relevé
receipt-text = Libellé
receipt-balance-after = Solde après
receipt-taken-in = Importé le
receipt-no-line = Sans ligne de relevé : une personne l'a saisi, ou un fichier d'encaissements.
receipt-next-exception = Suivant en attente

# Receipts that wait.
page-exceptions = Encaissements en attente
exceptions-what = Chacun est à côté de ce qu'on peut en faire, et pourquoi. Rien n'est imputé sans votre accord.
exceptions-nobodys = Payeur inconnu
exceptions-on-account = En compte
exceptions-none = Rien n'attend ici. Le prochain relevé apportera peut-être quelque chose.
exceptions-same-amount = Ce montant exact est ouvert sur :
exceptions-other-invoice = Une autre facture
exceptions-whose = Dire à qui il est
exceptions-find-customer = Chercher le client
exceptions-no-customer = Aucun client ne correspond.
proposal-sure = sûr
proposal-proposed = proposé
proposal-none = sans proposition
do-apply-proposal = Imputer comme proposé
do-identify = C'est à eux
done-receipt-applied = Le paiement est imputé.
done-receipt-identified = Le payeur est connu. Ce qu'il peut régler est à côté.

# The ageing.
ageing-by = Une ligne par
ageing-by-customer = client
ageing-by-invoice = facture
ageing-by-segment = segment
ageing-by-currency = devise
ageing-all = Tout ce qui est ouvert
ageing-known-at = Tel que connu le
ageing-known-at-what = Ce qui a été saisi plus tard ne compte pas : la réponse donnée alors. À l'heure de la société, à la minute.
ageing-buckets = Limites en jours de retard
ageing-nothing = Rien n'est ouvert ici.
ageing-unidentified = Reçu, payeur inconnu :
ageing-items =
    { $count ->
        [one] { $count } tranche ouverte, { $amount }
       *[other] { $count } tranches ouvertes, { $amount }
    }
do-credit-invoice = Créditer la facture
do-post-credit-note = Comptabiliser l'avoir
credit-what = Il reste { $left } à créditer ; sans montant ni quantités, tout.
credit-amount = Montant taxe comprise
credit-explanation = Ce qui s'est passé, et ce qui le prouve
credit-left = Reste
credit-quantity = Quantité à créditer
done-credit-note-posted = L'avoir est comptabilisé.
done-credit-note-asked = Une seconde personne doit approuver l'avoir.
credit-reason-missing-quantity = quantité manquante
credit-reason-missing-item = article manquant
credit-reason-damaged = endommagé
credit-reason-wasted = perdu
credit-reason-shortage = matière première insuffisante
credit-reason-returned = retourné
credit-reason-wrong-tin = NIF du client erroné
credit-reason-wrong-name = nom du client erroné
credit-reason-wrong-price = prix erroné
credit-reason-wrong-quantity = quantité erronée
credit-reason-wrong-item = article erroné
credit-reason-wrong-tax = classe de taxe erronée
credit-reason-other = autre
