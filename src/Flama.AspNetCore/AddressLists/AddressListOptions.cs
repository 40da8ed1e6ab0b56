namespace Flama.AspNetCore;

/// <summary>Whom an application answers; the section <c>Flama:AddressList</c> of its configuration.</summary>
public sealed class AddressListOptions
{
    /// <summary>Addresses and networks, IPv4 and IPv6: <c>10.0.0.0/8</c>, <c>2001:db8::1</c>.</summary>
    public IList<string> Networks { get; } = [];
}
