Feature: Error handling
  What the POS answers to what it cannot do.

  @PAT-ERR-02 @mandatory
  Scenario: GetOrderById - none existent ID.
    Given a POS that has registered with Dojo
    And an order over £A
    When Dojo asks for orders that are not there
    And a card machine searches for payable orders, and chooses each
    Then the POS has refused each order that is not there
    And the POS has answered the orders that it was asked for
