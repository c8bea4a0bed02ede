Feature: Orders
  What the POS shows card machines at the tables of its orders.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @PAT-ORD-01 @mandatory
  Scenario: SearchOrders request with `payableOnly` set to true.
    Given a POS that has registered with Dojo
    And an order over £A
    And an order over £B
    And an order over £C
    And an order over £D
    And an order over £E
    And an order over £F
    When a guest pays the order over £A in full
    And the POS voids the order over £B, if it can
    And the POS keeps the order over £C on hold, if it can
    And a card machine searches for payable orders, two to a page
    Then the POS has listed each order that can be paid, and no other

  @PAT-ORD-02 @mandatory
  Scenario: GetOrderById.
    Given a POS that has registered with Dojo
    And an order over £A
    And an order over £B
    When a card machine searches for payable orders, and chooses each
    Then the POS has answered the orders that it was asked for

  @PAT-ORD-04 @mandatory
  Scenario: `Status` is returned as required.
    Given a POS that has registered with Dojo
    And an order over £A
    When a card machine searches for payable orders
    Then each order that the POS has listed has a status
