using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Flama.AspNetCore.Models;

/// <summary>Takes endpoints that are mapped, apart from the application's.</summary>
internal sealed class CollectedRoutes(IEndpointRouteBuilder outer) : IEndpointRouteBuilder
{
    public IServiceProvider ServiceProvider => outer.ServiceProvider;

    public ICollection<EndpointDataSource> DataSources { get; } = [];

    public IApplicationBuilder CreateApplicationBuilder() => outer.CreateApplicationBuilder();
}
