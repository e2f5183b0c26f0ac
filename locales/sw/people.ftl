# needs a native reader
# Signing in, people and their rights.
unusable-password-short = nenosiri lina angalau herufi { $min }; maneno machache mfululizo ni rahisi kukumbuka
unusable-password-long = nenosiri halizidi herufi { $max }
unusable-password-common = ni miongoni mwa ya kwanza ambayo mtu angejaribu; chukua maneno machache yasiyohusiana
unusable-password-names = lina "{ $word }", jina ambalo yeyote angejaribu; usitumie majina
unusable-password-same = ndilo ulilo nalo tayari
unusable-user-name = jina la kuingilia lina hadi herufi, tarakimu, nukta na vistari { $max }, bila nafasi
unusable-user-name-reserved = ni jina la anayeendesha mfumo huu
action-own-account = kubadilisha njia yako ya kuingia
action-user-list = kuona watu na majukumu yao
action-user-change = kubadilisha majina ya watu
action-user-role = kuwapa watu majukumu
action-user-deactivate = kusimamisha watu
action-user-reactivate = kuwarejesha watu
action-user-link = kutengeneza viungo vya kuingia
action-user-forget-second-factor = kuondoa kipengele cha pili cha watu
action-user-sessions = kuona na kumaliza vipindi vya watu
action-user-reads = kuona nani alisoma faili gani
field-password = nenosiri
field-full-name = jina kamili
field-setting = mpangilio
field-user = mtu
field-session = kipindi
