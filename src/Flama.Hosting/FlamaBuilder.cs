using Microsoft.Extensions.DependencyInjection;

namespace Flama.Hosting;

/// <summary>The builder of one application.</summary>
internal sealed class FlamaBuilder(IServiceCollection services) : IFlamaBuilder
{
    public IServiceCollection Services => services;
}
