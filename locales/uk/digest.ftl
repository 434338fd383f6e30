menu-digest = Що сьогодні: завдання, візити, дні народження
digest-nothing = На сьогодні нічого не заплановано. Гарного дня!
digest-tasks = { $count ->
    [one] { $count } завдання на сьогодні
    [few] { $count } завдання на сьогодні
   *[other] { $count } завдань на сьогодні
}
digest-slipped = { $count ->
    [one] { $count } завдання чекає з минулих днів
    [few] { $count } завдання чекають з минулих днів
   *[other] { $count } завдань чекають з минулих днів
}
digest-visits = { $count ->
    [one] { $count } візит
    [few] { $count } візити
   *[other] { $count } візитів
}
digest-birthdays = { $count ->
    [one] День народження
   *[other] Дні народження: { $count }
}
digest-untaken = { $count ->
    [one] { $count } заявку ніхто не взяв
    [few] { $count } заявки ніхто не взяв
   *[other] { $count } заявок ніхто не взяв
} довше { $hours } год
digest-team = Учора в команді
digest-requests = Заявки: нових { $created }, виконано { $done }, втрачено { $lost }
digest-purchases = { $count ->
    [one] { $count } покупка
    [few] { $count } покупки
   *[other] { $count } покупок
} на { $total }
digest-hands = { $name }: у роботі { $requests }, прострочено завдань { $overdue }
digest-off = 🔕 Не надсилати вранці
digest-on = ☀️ Надсилати вранці
digest-off-now = Вранці більше не надсилатиму. Подивитися самому: /digest.
digest-on-again = Надсилатиму в робочі ранки о { $clock }.
