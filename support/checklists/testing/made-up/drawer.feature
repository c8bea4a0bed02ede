Feature: Drawer

  @MUP-01 @mandatory
  Scenario: The drawer opens
    When the operator opens the drawer
    Then the drawer is open

  @MUP-02 @optional
  Scenario: The drawer opens for a reason
    When the operator opens the drawer because of "change"
    Then the drawer is open because of "change"
