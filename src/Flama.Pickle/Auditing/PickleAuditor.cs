using Flama.Pickle.Globals;

namespace Flama.Pickle.Auditing;

/// <summary>Notes what a pickle names while a machine goes through it, and lets the machine go on behind what is refused.</summary>
internal sealed class PickleAuditor
{
    private static readonly GlobalRule Inert = GlobalRule.CallableClass;

    private readonly Dictionary<GlobalName, AuditedGlobal> seen = [];
    private readonly List<GlobalName> order = [];

    /// <summary>What was found, in the order of the file.</summary>
    public IReadOnlyList<AuditedGlobal> Globals => [.. order.Select(name => seen[name])];

    /// <summary>Notes a name. Of one that is not on the list, data is made.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">What the table has for it; null for nothing.</param>
    /// <param name="refusal">Why it is refused where the table has nothing.</param>
    /// <param name="offset">Where in the stream.</param>
    public PickleSymbol See(GlobalName name, PickleSymbol? known, PickleException? refusal, long offset)
    {
        if (seen.TryGetValue(name, out var before))
        {
            seen[name] = before with { Count = before.Count + 1 };
        }
        else
        {
            order.Add(name);
            seen[name] = new AuditedGlobal(name, UseOf(known), 1, offset) { Reason = refusal?.Message };
        }

        return known ?? new PickleSymbol(name) { Rule = Inert };
    }

    /// <summary>Notes that a use is refused, and makes data of it.</summary>
    public PickleConstructor Refuse(PickleSymbol symbol, PickleException refusal)
    {
        var before = seen.TryGetValue(symbol.Global, out var known) ? known : new AuditedGlobal(symbol.Global, AuditedUse.Refused, 1, refusal.Offset ?? 0);
        if (known is null)
        {
            order.Add(symbol.Global);
        }

        seen[symbol.Global] = before with { Use = AuditedUse.Refused, Reason = before.Reason ?? refusal.Message };
        return static call => call.Inert();
    }

    private static AuditedUse UseOf(PickleSymbol? known) => known?.Rule switch
    {
        null => AuditedUse.Refused,
        { Create: not null } => AuditedUse.Data,
        { Call: not null } or { IsArrayClass: true } => AuditedUse.Built,
        _ => AuditedUse.Named,
    };
}
