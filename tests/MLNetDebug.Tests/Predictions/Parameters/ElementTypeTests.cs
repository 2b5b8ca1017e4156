using MLNetDebug.Predictions;

namespace MLNetDebug.Tests.Predictions.Parameters;

[TestClass]
public sealed class ElementTypeTests
{
    [TestMethod]
    public void Each_known_code_has_its_size_and_no_other_code_has_one()
    {
        for (var code = -1; code <= 50; code++)
            Assert.AreEqual(SlowValues.Sizes.GetValueOrDefault((ulong)code), ElementTypes.SizeOf((ElementType)code), $"code {code}");
        Assert.HasCount(SlowValues.Sizes.Count, Enum.GetValues<ElementType>());
    }

    [TestMethod]
    public void Complex_numbers_are_two_real_ones()
    {
        foreach (var type in Enum.GetValues<ElementType>())
        {
            var parts = ElementTypes.SizeOf(type) / ElementTypes.SizeOf(ElementTypes.RealPart(type));
            Assert.AreEqual(type.ToString().StartsWith("Complex", StringComparison.Ordinal) ? 2 : 1, parts, $"{type}");
        }

        Assert.AreEqual(ElementType.Float32, ElementTypes.RealPart(ElementType.ComplexFloat32));
        Assert.AreEqual(ElementType.Float64, ElementTypes.RealPart(ElementType.ComplexFloat64));
    }
}
