using Flama;
using Flama.Hosting;
using Flama.Packaging;

namespace Snippets;

internal static class Packing
{
    public static void Pack()
    {
        using var source = ModelPackage.Open("churn.pkl");
        PackageBuilder builder = new(source, new ModelEngines().AddManaged());
        builder.AddArtifact(ArtifactContent.FromFile("notes.txt", "README.txt"));
        ModelPackage.Save("churn.flm", builder.Build());
    }
}
