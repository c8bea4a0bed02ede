Feature: Record a payment
  Guests pay at the card machine, and the POS records what they have paid.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @PAT-PAY-01 @mandatory
  Scenario: Successful payment in full.
    Given a POS that has registered with Dojo
    And an order over £A
    When a guest pays the order over £A in full
    Then each payment is recorded
    And each order is closed
    Given an order over £B
    When a guest pays the order over £B in full, while it is locked where the POS locks orders
    Then each payment is recorded
    And each order is closed

  @PAT-PAY-02 @mandatory
  Scenario: Payment in full with split bill.
    Given a POS that has registered with Dojo
    And an order over £A
    When guests split the order over £A into 3 equal parts
    Then each payment is recorded
    Given an order over £B
    When guests pay £C of the order over £B, and then the rest
    Then each payment is recorded
    Given an order over £D
    When guests pay £E of the order over £D and the rest at the same time, on two card machines
    Then each payment is recorded
    And each order is closed

  @PAT-PAY-03 @mandatory
  Scenario: Payment in full with split bill and Gratuity.
    Given a POS that has registered with Dojo
    And an order over £A
    When guests pay £C of the order over £A with a tip of £B, and then the rest
    Then each payment is recorded
    And the tip is recorded apart
    And each order is closed

  @PAT-PAY-04 @mandatory
  Scenario: Partial Payment with and without gratuity.
    Given a POS that has registered with Dojo
    And an order over £A
    When a guest pays £C of the order over £A with a tip of £B, and leaves
    Then each payment is recorded
    And the tip is recorded apart
    And the order is payable again, for what is still owed
    And the POS shows what is still owed, where it shows the total of the order
    When the POS adds an item over £D to the order over £A, if it can
    And a card machine searches for payable orders, and chooses each
