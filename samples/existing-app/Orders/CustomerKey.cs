using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Existing.Orders;

/// <summary>The application's own authentication: a key in a header.</summary>
internal sealed class CustomerKey(IOptionsMonitor<CustomerKeyOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<CustomerKeyOptions>(options, logger, encoder)
{
    public new const string Scheme = "CustomerKey";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Request.Headers["X-Customer"].ToString() == Options.Key
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "customer")], Scheme)), Scheme))
            : AuthenticateResult.NoResult());
}
