using Flama;

namespace Shop;

/// <summary>How likely a customer is to leave.</summary>
internal sealed record ChurnAnswer([property: Probability("1")] double Leaves);
