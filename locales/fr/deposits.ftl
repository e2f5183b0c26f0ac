# Needs a native reader.
deposit-line = Moins acompte { $number }
deposit-take-off = Déduire l'acompte
deposit-left = reste { $amount }
deposit-not-settled = Pas encore déduit
do-post-deposit = Comptabiliser comme facture d'acompte
print-deposit = Facture d'acompte
setting-deposit-prefix = Préfixe des factures d'acompte
setting-what-deposit-prefix = De même pour les factures d'acompte.
field-deposit-prefix = { setting-deposit-prefix }
refusal-no-deposit = { $number } n'est pas un acompte : aucune facture ne peut le déduire. Nommez une facture d'acompte, ou laissez-le.
refusal-nothing-to-settle = Rien de { $number } ne peut être déduit de cette facture : l'acompte est déjà déduit, ou la facture n'a aucune ligne de sa classe de taxe. Laissez-le.
refusal-deposit-settled = Il reste moins que cela de l'acompte { $number } : une facture l'a déduit. Faites d'abord l'avoir de cette facture.
unusable-deduction-whole = ce qui a été déduit pour un acompte est crédité en entier, pas en partie
