using Microsoft.AspNetCore.Authentication;

namespace Existing.Orders;

/// <summary>The key that customers send; of a real application it is in no source file.</summary>
internal sealed class CustomerKeyOptions : AuthenticationSchemeOptions
{
    public string Key { get; set; } = "secret";
}
