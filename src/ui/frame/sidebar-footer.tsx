/** Nothing stands below the navigation. */
export default function SidebarFooter() {
  return null;
}
