namespace Flama.Packaging.Writing;

/// <summary>Has the right writer write a package.</summary>
internal static class PackageWriter
{
    /// <summary>Writes the package.</summary>
    /// <param name="output">An empty file that can seek.</param>
    /// <param name="plan">What to write.</param>
    public static void Write(FileStream output, PackagePlan plan)
    {
        switch (plan.Format)
        {
            case PackageGeneration.G1:
                TarPackageWriter.Write(output, plan);
                break;
            case PackageGeneration.Protocol1:
                BinaryPackageWriter.WriteProtocol1(output, plan);
                break;
            default:
                BinaryPackageWriter.WriteProtocol2(output, plan);
                break;
        }
    }
}
