Feature: Error handling
  What the POS answers to what it cannot do.

  @PAT-ERR-01 @mandatory
  Scenario: Websocket disconnection handling.
    Given a POS that has registered with Dojo
    And an order over £A
    When the WebSocket is idle until the POS gives a sign of life
    And Dojo closes the WebSocket, and takes none for a moment
    And the WebSocket is reset
    And Dojo falls silent on the WebSocket
    And a guest pays the order over £A in full, while the WebSocket is lost with the answer
    Then the POS has kept the WebSocket alive
    And the POS has opened it again each time, and served Dojo over it
    And the payment is recorded once

  @PAT-ERR-02 @mandatory
  Scenario: GetOrderById - none existent ID.
    Given a POS that has registered with Dojo
    And an order over £A
    When Dojo asks for orders that are not there
    And a card machine searches for payable orders, and chooses each
    Then the POS has refused each order that is not there
    And the POS has answered the orders that it was asked for
