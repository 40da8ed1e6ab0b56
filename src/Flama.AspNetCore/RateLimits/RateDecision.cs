namespace Flama.AspNetCore.RateLimits;

/// <summary>What becomes of a request.</summary>
/// <param name="Left">How many more the caller may send; -1 when this one is too many.</param>
/// <param name="Seconds">In how many seconds it may send as many again, 1 or more.</param>
internal readonly record struct RateDecision(int Left, int Seconds)
{
    public bool IsAllowed => Left >= 0;
}
