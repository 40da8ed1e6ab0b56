namespace Flama.AspNetCore.Auditing;

/// <summary>Metadata of an endpoint whose requests are not in the audit log.</summary>
internal sealed class Unaudited
{
    public static readonly Unaudited Mark = new();
}
