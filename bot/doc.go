// Package bot joins the coach, a store and the platforms: it hears, wakes and delivers.
package bot
