Feature: Ambiguous outcomes
  What the till makes of answers that are lost, late or sent twice: nobody is charged twice, and the operator is
  not misled.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @KIT-AMB-01 @extra
  Scenario: The answer to the start of the card machine is lost
    Given a card machine whose next card is inserted
    And the answer to the next start of the card machine is lost
    When the POS takes a sale of £A
    And the session has ended
    And the payment is tried again on the POS, if it offers that
    Then the answer to the start was lost
    And nothing was sent again blindly
    And the POS shows what the payment intent says

  @KIT-AMB-02 @extra
  Scenario: The connection is lost during a capture
    Given a card machine whose next card is contactless
    When the POS authorises £A
    And the session has ended
    Given the connection is lost before the next capture arrives
    When the payment is captured on the POS
    Then the capture was lost on its way
    And the POS shows what the payment intent says
    When the payment is captured again on the POS, if it offers that
    Then the payment intent is captured with £A
    And nothing was sent again blindly
    And the POS shows what the payment intent says
    Given a card machine whose next card is contactless
    When the POS authorises £B
    And the session has ended
    Given the answer to the next capture is lost
    When the payment is captured on the POS
    Then the answer to the capture was lost
    When the payment is captured again on the POS, if it offers that
    Then the payment intent is captured with £B
    And nothing was sent again blindly
    And the POS shows what the payment intent says

  @KIT-AMB-03 @extra
  Scenario: The API is out of order while the till polls
    Given a card machine whose next card is inserted
    And the API is out of order for five polls
    When the POS takes a sale of £A
    And the session has ended
    Then five polls met an API that was out of order
    And the POS shows the outcome "Captured"
    And the POS shows what the payment intent says

  @KIT-AMB-04 @extra
  Scenario: An event is delivered twice, and another one late
    Given a card machine whose next card is contactless
    When the POS subscribes to events
    And the POS takes a sale of £A
    And the session has ended
    And the event of the capture is delivered twice
    Then the POS confirms the events
    And the POS shows what the payment intent says
    When the payment is refunded on the POS
    And the payment has been refunded
    And an event of the capture is delivered late
    Then the POS confirms the events
    And no more is refunded than was asked for
    And the POS shows what the payment intent says

  @KIT-AMB-05 @extra
  Scenario: The card machine goes offline after the card was presented
    Given a card machine whose next card is presented and whose PIN takes a long time
    When the POS takes a sale of £A
    And the card machine goes offline after the card was presented
    Then the terminal session ends as "Expired"
    And the POS says that the result cannot be confirmed
    And the POS offers to record the sale by hand or to try again
    And the POS shows what the payment intent says

  @KIT-AMB-06 @extra
  Scenario: A payment is captured although the till has asked to cancel
    Given a card machine whose next card is presented just when the payment is cancelled
    When the POS takes a sale of £A
    And the operator cancels before the card is presented
    Then the POS has sent the cancellation before the card was presented
    And the terminal session ends as "Captured"
    And the POS has confirmed the end by polling
    And the POS shows what the payment intent says

  @KIT-AMB-07 @extra
  Scenario: A payment whose session has expired turns out to be captured
    Given a card machine that is lost during the payment and reports it as paid later
    When the POS takes a sale of £A
    Then the terminal session ends as "Expired"
    And the POS says that the result cannot be confirmed
    When the lost card machine has reported the payment
    And the payment is tried again on the POS, if it offers that
    Then the POS shows what the payment intent says

  @KIT-AMB-08 @extra
  Scenario: The answer to a refund is lost
    Given a captured sale of £A
    And the answer to the next refund is lost
    When £B of the payment are refunded on the POS
    Then the answer to the refund was lost
    When the refund is tried again on the POS, if it offers that
    Then the payment intent is refunded in part with £B
    And no more is refunded than was asked for
    And the API has made the refund once
    And nothing was sent again blindly
    And the POS shows what the payment intent says

  @KIT-AMB-09 @extra
  Scenario: The till is restarted in the middle of a payment
    Given a captured sale of £A
    And a card machine whose next card is inserted
    When the POS takes a sale of £B
    And the POS is restarted while it waits for the card
    Then the terminal session ends as "Captured"
    And the POS has gone on with the payment
    And the POS shows what the payment intent says

  @KIT-AMB-10 @extra
  Scenario: The start of the card machine is answered 503
    Given a card machine whose next card is inserted
    And the API is out of order for the next start of the card machine
    When the POS takes a sale of £A
    And the payment is tried again on the POS, if it offers that
    Then the start was answered by an API that was out of order
    And nothing was sent again blindly
    And the POS shows what the payment intent says

  @KIT-AMB-11 @extra
  Scenario: The same sale is paid from a second window
    Given a card machine whose next card is not presented for a long time
    When the POS takes a sale of £A
    And the same sale is paid from a second window or device of the POS, if it has one
    And the customer presents the card all the same
    Then the terminal session ends as "Captured"
    And the sale was paid from one place only
    And the POS shows what the payment intent says
