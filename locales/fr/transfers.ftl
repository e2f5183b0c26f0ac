# needs a native reader

page-transfers = Virements entre comptes propres
transfers-what = L'argent qui passe d'un de vos comptes à un autre, ou d'un portefeuille vidé vers la banque, n'est le paiement de personne. Il est en transit jusqu'à ce que les deux côtés soient vus.
transfers-maybe = Peut-être un seul mouvement
transfers-in-transit = En transit
transfers-none = Rien n'est en transit.
transfers-found = Les deux côtés vus
transfer-out = Sorti
transfer-in = Entré
transfer-other = Autre compte
transfer-state = État
transfer-days = { $days ->
    [one] en transit, 1 jour
   *[other] en transit, { $days } jours
}
transfer-said-reference = les deux côtés vus : la même référence
transfer-said-account = les deux côtés vus : l'un nomme le compte de l'autre
transfer-said-amount = les deux côtés vus : votre propre argent, même montant et mêmes jours
transfer-said-person = les deux côtés vus : une personne l'a dit
do-mark-transfer = Un seul mouvement
do-undo-transfer = Ce n'était pas un virement
done-transfer-marked = C'est maintenant un virement entre vos comptes, et non un paiement.
done-transfer-undone = C'est annulé.
word-account = Compte
line-transfer = virement propre
row-own-transfer = votre propre argent : l'autre côté a été vu dans { $account }, ce n'est donc pas un paiement
row-in-transit = votre propre argent, en transit jusqu'à ce que son autre côté soit vu ; ce n'est pas un paiement
refund-transfer-between-own-accounts = Virement entre comptes propres
cause-transfer = virement entre comptes propres
kind-transfer = virement
kind-money-that-went-out = ligne de sortie d'argent
kind-number-of-an-account = numéro de compte
field-transfer = virement
refusal-no-transfer = { $went } et { $came } ne sont pas un seul mouvement : leurs montants diffèrent, ou ils sont du même compte. Choisissez deux côtés d'un même montant dans deux comptes.
refusal-undo-transfer = { $receipt } est votre propre argent, en transit. Dites « ce n'était pas un virement » à la page des virements, ou utilisez `transfer undo`.
action-account-number = dire par quels numéros les banques nomment un compte de trésorerie
action-transfer-save = dire ce qui est un virement entre comptes propres, et l'annuler

page-columns = Colonnes du tableau d'une banque
columns-what = Dites une fois ce que contient chaque colonne ; les fichiers suivants du compte seront lus ainsi. Ce que montrent les valeurs est déjà choisi.
columns-missing = Aucune colonne ne contient encore ceci : { $field }. Sans cela, aucun mouvement ne peut être lu.
columns-number = Colonne { $number }
columns-none = rien d'utile
columns-needed = Le tableau n'en dit pas assez pour être lu. Dites ce que contiennent ses colonnes.
do-keep-columns = Garder et lire
do-see-columns = Colonnes

# What a column of a bank's table holds. Key: `bank-` and the field.
bank-on = Date
bank-value-on = Date de valeur
bank-text = Libellé
bank-reference = Référence
bank-debit = Débit
bank-credit = Crédit
bank-amount = Montant avec signe
bank-side = Débit ou crédit
bank-balance = Solde après
bank-currency = Monnaie
bank-counterparty = Nom de l'autre partie
bank-counterparty-ref = Numéro de l'autre partie
bank-account = Notre compte
