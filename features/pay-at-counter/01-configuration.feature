Feature: Configuration
  How the till is set up to speak with the Dojo API.
  £A, £B and so on are amounts that each run draws anew, other ones for each scenario.

  @PAC-CFG-01 @mandatory
  Scenario: Authorization
    Given a POS that is set up with an API key
    When the POS looks up the card machines
    And another API key is entered in the POS
    And the POS looks up the card machines
    Then both API keys were sent, and no other
    And it is declared who enters the credentials

  @PAC-CFG-02 @mandatory
  Scenario: Incorrect authorization credentials
    Given a POS that is set up with an API key
    When an API key with one character too many is entered in the POS
    And the POS is used with it
    Then the API has refused the wrong key
    And the POS tells its user to check the API key

  @PAC-CFG-03 @mandatory
  Scenario: Retrieve terminal(s)
    Given a POS that is set up with an API key
    When the POS looks up the card machines
    Then the POS offers the card machines of the account
    When the POS takes a sale of £A on the card machine "SIP0"
    And the POS takes a sale of £B on the card machine "SCN0"
    Then each sale went to the card machine that was chosen for it

  @PAC-CFG-04 @mandatory
  Scenario: API version
    Given a POS that is set up with an API key
    When the POS looks up the card machines
    Then every request of the run carries one API version, the declared one

  @PAC-CFG-05 @mandatory
  Scenario: POS version
    Then the minimum compatible version of the POS is declared
