reask-expected-money = Please write an amount, such as “1500”.
reask-expected-birthday = Please write the day, such as “8 March 1990”, or without the year.
reask-expected-yes-no = Please answer with a button: yes or no.
hint-birthday = For example: “8 March 1990”, or only “8 March”.
