reask-expected-money = Напишите сумму, например «1500».
reask-expected-birthday = Напишите день, например «8 марта 1990» или без года.
reask-expected-yes-no = Ответьте кнопкой: да или нет.
hint-birthday = Например: «8 марта 1990» или просто «8 марта».
