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
    When a card machine searches for payable orders, two to a page, and the first of them is paid meanwhile
    Then the POS has listed each other order that can be paid

  @PAT-ORD-02 @mandatory
  Scenario: GetOrderById.
    Given a POS that has registered with Dojo
    And an order over £A
    And an order over £B
    When a card machine searches for payable orders, and chooses each
    Then the POS has answered the orders that it was asked for

  @PAT-ORD-03 @mandatory
  Scenario: Water ID Validation.
    Given a POS that has registered with Dojo
    And an order over £A
    When the waiter of the order over £A searches for payable orders
    And a waiter that the POS does not know searches for payable orders
    Then it is recorded whether the POS validates the waiter
    And no waiter misses an own order

  @PAT-ORD-04 @mandatory
  Scenario: `Status` is returned as required.
    Given a POS that has registered with Dojo
    And an order over £A
    When a card machine searches for payable orders
    Then each order that the POS has listed has a status

  @PAT-ORD-05 @mandatory
  Scenario: `ItemLines` are supported.
    Given a POS that has registered with Dojo
    And an order of 2 items over £A each, and one over £B
    And an order of 2 items over £C each, with an extra over £D for each, if the POS can
    And an order over £E with a discount of £F, if the POS can
    And an order over £G with a service charge of £H, if the POS can
    When a card machine chooses each order, and prints its bill where the POS has bills
    Then the POS has listed the items of each order as they were entered
    And each bill agrees with its order

  @PAT-ORD-06 @mandatory
  Scenario: Order Locking is implemented.
    Given a POS that has registered with Dojo
    And an order over £A
    When a card machine locks the order over £A
    And another card machine asks for the order over £A
    And the POS adds an item over £B to the order over £A, if it can
    And a guest pays the order over £A on each card machine that has locked it
    And the lock of the order over £A is released once more
    Given an order over £C
    When a card machine locks the order over £C
    And the POS adds an item over £D to the order over £C, if it can
    And the guest leaves the order over £C unpaid
    And the POS adds an item over £B to the order over £C, if it can
    And another card machine locks the order over £C, and leaves it
    Given an order over £E
    When a card machine locks the order over £E for a moment, and is lost
    And another card machine locks the order over £E, and leaves it
    Given an order over £F
    When a card machine locks the order over £F
    And the POS keeps the order over £F on hold, if it can
    And the guest leaves the order over £F unpaid
    And the POS keeps the order over £F on hold, if it can
    Given an order over £G
    When a card machine locks the order over £G
    And the POS voids the order over £G, if it can
    And the guest leaves the order over £G unpaid
    And the POS voids the order over £G, if it can
    Given an order over £H
    When a card machine locks the order over £H for a moment, and then for longer
    Then the POS has locked each order for one card machine alone
    And the POS has answered the orders that it was asked for while they were locked
    And nobody has changed an order that was locked
    And the POS has unlocked each order
