rfm-title = <b>RFM</b> · { $period }
rfm-period-all = за весь час
rfm-period-year = за рік
rfm-period-quarter = за 90 днів
rfm-empty = Покупок поки немає. Запишіть першу: /sale і номер картки.
rfm-buyers = { $count ->
    [one] { $count } покупець
    [few] { $count } покупці
   *[other] { $count } покупців
}
rfm-buyers-money = { $count ->
    [one] { $count } покупець
    [few] { $count } покупці
   *[other] { $count } покупців
} · { $money }
rfm-press = Натисніть на групу, щоб побачити людей.
rfm-button-picture = 🖼 Картинкою
rfm-button-moves = 🔀 Хто куди перейшов
rfm-button-groups = ← Групи
rfm-moves-title = <b>Хто куди перейшов</b> · { $month }
rfm-moves-none = Цього місяця ще ніхто не купував.
rfm-moves-sums = Лишилися у своїй групі: { $stayed }. Перейшли: { $moved }. Купили вперше: { $new }.
rfm-person-none = Покупок поки немає, тож і оцінки немає.
rfm-person-scores = Давність { $recency } з 5 · частота { $frequency } з 5 · гроші { $money } з 5
rfm-person-group = Група: { $group }
rfm-person-habit = Повертається приблизно раз на { $days ->
    [one] { $days } день
    [few] { $days } дні
   *[other] { $days } днів
}, у середньому { $money } за раз.
usage-rfm = Чия картка? Напишіть /rfm 12 або просто /rfm, щоб побачити всі групи.
rfm-drawing = Малюю…
rfm-picture = <b>RFM</b> · { $period }: покупці за давністю та за частотою з грошима.
rfm-axis-recency = Давність: вище означає нещодавно
rfm-axis-fm = Частота й гроші: правіше означає більше
abc-title = <b>ABC</b>: хто приносить виручку
abc-rule = A приносять перші { $a } % виручки, B наступні, до { $b } %, C решту.
rfm-group-champions = 🏆 Чемпіони
rfm-group-loyal = 💛 Вірні
rfm-group-potential_loyal = 🌱 Майже вірні
rfm-group-new = ✨ Нові
rfm-group-promising = 🙂 Перспективні
rfm-group-need_attention = 👀 Чекають на увагу
rfm-group-about_to_sleep = 🥱 Засинають
rfm-group-at_risk = ⚠️ Під загрозою
rfm-group-cannot_lose = 🚨 Не можна втратити
rfm-group-hibernating = 😴 Сплять
rfm-group-lost = 🍂 Втрачені
rfm-advice-champions = Купує нещодавно, часто й багато. Дякуйте особисто, кличте першим на нове, просіть про відгук.
rfm-advice-loyal = Повертається знову і знову. Запропонуйте те, що доповнить звичне.
rfm-advice-potential_loyal = Уже не вперше і нещодавно. Ще один привід повернутися стане звичкою.
rfm-advice-new = Щойно з першою покупкою. Подякуйте й допоможіть освоїтися.
rfm-advice-promising = Купує потроху й нещодавно. Нагадайте, що ще у вас є.
rfm-advice-need_attention = Купували добре, але давно не заходили. Саме час для особистої пропозиції.
rfm-advice-about_to_sleep = Заходять дедалі рідше. Запитайте, що сподобалося, і покличте знову.
rfm-advice-at_risk = Купували часто й багато, але давно. Зателефонуйте самі.
rfm-advice-cannot_lose = Із найкращих, і давно мовчать. Потрібна розмова, а не розсилка.
rfm-advice-hibernating = Давно й небагато. Можна нагадати про себе недорогим приводом.
rfm-advice-lost = Були раз чи двічі й дуже давно. Запитайте чому, якщо хочете дізнатися.
menu-rfm = Групи покупців
menu-abc = Хто приносить виручку
