using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Calls;

/// <summary>The way that a request from within takes.</summary>
/// <param name="Answer">What answers.</param>
/// <param name="Endpoint">The endpoint of the application that it is; null where no path of the application leads to it.</param>
/// <param name="User">The caller as the endpoint knows it.</param>
internal sealed record InnerWay(RequestDelegate Answer, Endpoint? Endpoint, ClaimsPrincipal User);
