Feature: Error testing
  What the till does with the errors of the API: an error message and a way on for its user.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @PAC-ERR-01 @mandatory
  Scenario: HTTP status code 400 - Bad Request
    Given a POS that is set up with an API key
    When the POS looks up the card machines
    Then no request of the run was a bad one

  @PAC-ERR-02 @mandatory
  Scenario: HTTP status code 401 - Unauthorized
    Given a card machine whose next card is contactless
    And the API key of the POS is revoked
    When the POS takes a sale of £A, if it can
    Then the API has refused the wrong key
    And the POS tells its user to check the API key

  @PAC-ERR-03 @mandatory
  Scenario: HTTP status code 404 - Not found (TID unavailable)
    Given a card machine whose next card is contactless
    When the card machine goes offline after the POS has chosen it
    And the POS takes a sale of £A
    Then the sale is refused because the card machine is not available
    And the POS shows that the card machine is not available
    And the POS asks its user to check the card machine
    When the POS looks up the card machines, if it offers that
    Then the POS calls no card machine available that is not

  @PAC-ERR-04 @mandatory
  Scenario: HTTP status code 422 - Unprocessable Entity
    Given a card machine whose next card is presented and whose PIN takes a long time
    When the POS takes a sale of £A
    And the operator cancels after the card was presented
    Then the POS has sent the cancellation after the card was presented
    And the API has refused the cancellation
    And the POS tells why the payment could not be cancelled
    When the customer enters the PIN
    Then the terminal session ends as "Captured"
    And the POS has confirmed the end by polling
    And the POS shows the outcome "Captured"
