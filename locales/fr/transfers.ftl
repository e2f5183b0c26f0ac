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
