# needs a native reader
# Mots et moitiés de phrases à l'intérieur d'autres phrases.

unusable-too-far-ahead = c'est à plus d'un an, et le passage d'un jour antérieur ne serait plus possible ensuite
unusable-issued-after-today = une facture est émise aujourd'hui ({ $today }) ou avant
unusable-due-before-issue = c'est avant la date de la facture, le { $issued_on }
unusable-received-after-today = l'argent ne peut pas être reçu après aujourd'hui, le { $today }
unusable-charges-above-gross = les frais font partie du montant brut
unusable-closed-already = clôturez un jour après le { $closed_to } et pas après aujourd'hui, le { $today }
unusable-close-after-today = clôturez un jour qui n'est pas après aujourd'hui, le { $today }
unusable-not-closed = seuls des jours clôturés peuvent être rouverts
unusable-no-money-account = l'argent arrive sur un compte de banque, d'argent mobile ou de caisse
unusable-no-tin = un NIF rwandais a neuf chiffres
unusable-not-among = ce n'est aucun de { $known }
unusable-promise-decided = elle est déjà { $judged }
unusable-message-decided = il est déjà { $outbox }
unusable-other-currency = la facture est dans une autre devise : dites ce que cela règle et ce qui sort de l'encaissement
unusable-own-currency = la devise de la société n'a pas besoin de taux
unusable-not-an-amount = ce n'est pas un montant
unusable-not-a-date = ce n'est pas une date ; écrivez-la comme 2026-08-31
unusable-hold-too-long = une suspension dure au plus { $days } jours
unusable-steps-must-rise = les niveaux et leurs jours doivent croître, et les intervalles ne pas être négatifs
unusable-shared-reference =
    { $count ->
        [one] { $count } encaissement porte cette référence ; indiquez son identifiant
       *[other] { $count } encaissements portent cette référence ; indiquez l'identifiant de l'un d'eux
    }
unusable-upload-too-large = il dépasse { $megabytes } Mo, le maximum pour une page ; réduisez-le ou divisez-le
unusable-upload-broken = il n'est pas arrivé entier ({ $cause }) ; envoyez-le à nouveau
unusable-too-short = plusieurs commencent ainsi ; donnez-en plus
unusable-no-loss-rate = un taux de perte est compris entre 0 et 100 pour cent
unusable-paid-below-zero = ce qui a été payé dans une tranche d'âge ne peut être négatif
unusable-nothing-lost = le dernier chiffre, ce qui n'a jamais été payé, doit être supérieur à zéro ; prenez une période plus longue, ou donnez les taux
unusable-no-place = cet endroit de la liste ne vient d'aucune page ; repartez de la première page
unusable-sheet-full = une feuille de calcul tient 1 048 575 lignes ; demandez-en moins, ou prenez le CSV
unusable-one-per-bucket = il y a { $count } chiffres ; donnez-en un pour chacune des tranches d'âge { $buckets }
unusable-money = { $why }

money-mixed = { $one } et { $other } ne s'additionnent pas
money-overflow = le montant est trop grand
money-not-an-amount = « { $text } » n'est pas un montant
money-too-precise = « { $text } » a plus de décimales que { $currency }
money-unknown-currency = « { $text } » n'est pas un code de devise (ISO 4217)
money-no-weights = une répartition demande un poids supérieur à zéro

action-read = lire ce livre
action-company-init = créer une société
action-user-add = ajouter un utilisateur
action-account-add = ajouter un compte de trésorerie
action-customer-save = enregistrer des clients
action-customer-assign = attribuer des comptes aux agents
action-import-customers = importer des clients
action-import-invoices = importer des factures
action-import-receipts = importer des encaissements
action-import-rates = importer des taux
action-invoice-issue = émettre des factures
action-receipt-record = enregistrer des encaissements
action-receipt-identify = dire à qui est un encaissement
action-receipt-return = enregistrer un paiement rejeté
action-receipt-refund = rembourser
action-receipt-refund-reverse = annuler un remboursement
action-statement-import = importer des relevés
action-statement-clear = écarter des lignes de relevé
action-statement-record = enregistrer des lignes de relevé comme encaissements
action-cash-apply = imputer les encaissements automatiquement
action-allocation-add = imputer des encaissements
action-allocation-reverse = annuler une imputation
action-write-off = passer en perte
action-period-close = clôturer une période
action-period-reopen = rouvrir une période
action-promise-add = noter des promesses
action-hold-add = suspendre des comptes
action-dispute-add = enregistrer des litiges
action-dispute-end = terminer des litiges
action-holiday-add = ajouter des jours fériés
action-holiday-remove = retirer des jours fériés
action-quarantine-lift = lever la quarantaine
action-day-turn = faire le passage du jour
action-backup = faire des sauvegardes
outbox-draft = un brouillon
outbox-sent = envoyé
outbox-ignored = ignoré
source-credit-note = la note de crédit
what-days = le nombre de jours
what-ageing = la balance âgée
bucket-current = non échu
bucket-between = { $from } à { $to } jours
bucket-over = plus de { $over } jours
unusable-outside-days = la date doit être comprise entre le { $from } et le { $to }
unusable-not-an-hour = ce n'est pas une heure ; écrivez-la 16:30
unusable-too-many = vous en avez déjà { $most } ; oubliez-en une d'abord
unusable-no-paper = ce n'est pas un document que l'on garde ici ({ $known })
unusable-paper-too-large = le fichier dépasse { $megabytes } Mo ; réduisez-le ou refaites la photo
unusable-no-tax-class = aucune classe de taxe de ce code ne vaut le { $on } ; choisissez parmi { $known }
unusable-several-customers = plusieurs clients correspondent : { $customers } ; utilisez le code
unusable-no-discount = une remise est un montant, ou un pourcentage jusqu'à 100 comme 5%
unusable-discount-above-line = la remise dépasse la ligne
