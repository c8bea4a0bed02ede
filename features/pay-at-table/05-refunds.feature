Feature: Refunds
  A payment that the POS has recorded is given back on a card machine.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @PAT-REF-01 @mandatory
  Scenario: Successful Matched Refund.
    Given a POS that has registered with Dojo
    And an order over £A
    When a guest pays the order over £A in full
    Given a card machine whose next card is inserted
    When the POS refunds the payment of the order over £A on the card machine
    Then the POS has asked for a refund of what it has recorded
    And the POS has learned that the refund is "Captured", and has read the payment
    And the POS shows the outcome "Refunded"
    And the POS has shown no success before the card machine had ended
    Given an order over £B
    When a guest pays £C of the order over £B, and leaves
    Given a card machine whose next card is inserted
    When the POS refunds the payment of the order over £B on the card machine
    Then the POS has asked for a refund of what it has recorded
    And the POS has learned that the refund is "Captured", and has read the payment
    When a guest pays what the POS says is owed of the order over £B
    Then the POS has recorded each payment

  @PAT-REF-02 @mandatory
  Scenario: Unsuccessful Matched Refund.
    Given a POS that has registered with Dojo
    And an order over £A
    When a guest pays the order over £A in full
    Given a card machine whose next card is declined
    When the POS refunds the payment of the order over £A on the card machine
    Then the POS has asked for a refund of what it has recorded
    And the POS shows that the refund is "Declined", and the order over £A is as it was
    Given an order over £B
    When a guest pays the order over £B in full
    Given a card machine on which the next payment is cancelled
    When the POS refunds the payment of the order over £B on the card machine
    Then the POS has asked for a refund of what it has recorded
    And the POS shows that the refund is "Canceled", and the order over £B is as it was
