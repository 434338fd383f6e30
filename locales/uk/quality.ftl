quality-empty = У базі поки нікого немає.
quality-title = <b>Якість бази: { $score } зі 100</b> · { $cards ->
    [one] { $cards } картка
    [few] { $cards } картки
   *[other] { $cards } карток
}
quality-change = За місяць: { $line } від { $first } до { $last }
quality-perfect = Усе заповнено й усе правильно. Так тримати!
quality-line = { $what }: { $count } ({ $share } %)
quality-press = Натисніть, щоб побачити людей і виправити.
menu-quality = Якість бази
quality-no_name = Без імені
quality-no_way = Ніяк не зв’язатися
quality-duplicates = Можливо, двійники
quality-unreachable = Бот не може написати
quality-impossible = Неможливий вік
quality-no_phone = Без телефону
quality-no_consent = Без згоди на дані
quality-nobodys = Заявка є, менеджера немає
quality-stale = Мовчать понад рік
quality-no_source = Невідомо, звідки
quality-no_city = Без міста
quality-no_birthday = Без дня народження
quality-no_email = Без пошти
