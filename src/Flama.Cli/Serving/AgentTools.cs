using System.Runtime.CompilerServices;
using Flama.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Cli.Serving;

/// <summary>Models as tools for agents. In methods of their own: servers without them do not load the protocol's assemblies.</summary>
internal static class AgentTools
{
    /// <summary>Adds the services.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddTo(IFlamaBuilder flama) => flama.AddMcp();

    /// <summary>Maps them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Map(WebApplication app, string path) => app.MapMcp(path);
}
